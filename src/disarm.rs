//! PDFs without what they do by themselves: scripts, programs they start, forms they send, and files they carry
//! (ISO 32000-2, 12.6, 7.11.4, 12.7.8).
//!
//! What shows stays as it is. A file in which there is nothing of the kind is kept as it came, to the byte, so that a
//! signature on it goes on being one.

use crate::files::{Files, LARGEST, Refused, Stored};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::HashSet;
use tokio::sync::Semaphore;

/// A stream in it may be so large in memory when it is unpacked, in bytes.
const LARGEST_STREAM: usize = 64 * 1024 * 1024;

/// What happens when something is opened, clicked or printed, and does more than turn pages or open a link.
const DOES: [&[u8]; 10] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"Rendition",
    b"RichMediaExecute",
    b"Movie",
    b"Sound",
    b"SetOCGState",
];

/// Where scripts, and files within the file, hang.
const CARRIES: [&[u8]; 8] =
    [b"JS", b"JavaScript", b"AA", b"EmbeddedFiles", b"EF", b"AF", b"XFA", b"RichMediaContent"];

/// Long enough not to stand in compressed data by chance.
const TELLING: [&[u8]; 7] =
    [b"JavaScript", b"Launch", b"SubmitForm", b"ImportData", b"EmbeddedFile", b"RichMedia", b"XFA"];

/// Where a file hides from whoever does not unpack or unlock it.
const HIDES: [&[u8]; 2] = [b"ObjStm", b"Encrypt"];

/// So many are worked on at once; others wait.
static BENCH: Semaphore = Semaphore::const_new(2);

/// Puts the file without all that in the place of the one that arrived, which goes; or leaves it, if there is nothing
/// to take out.
///
/// # Errors
/// [`Refused::Active`] if there is something in a file that cannot be read to be written anew; [`Refused::Locked`] if it
/// opens with a password only, so that neither we nor a scanner look into it; [`Refused::Broken`] if it cannot be read and
/// may hide something.
pub async fn disarm(files: &Files, raw: Stored) -> Result<Stored, Refused> {
    let permit = BENCH.acquire().await.map_err(std::io::Error::other)?;
    let bytes = files.contents(&raw.sealed()).await?;
    let harmless = tokio::task::spawn_blocking(move || {
        let harmless = harmless(&bytes);
        drop(permit);
        harmless
    });
    // whatever makes a reader panic is not shown to people
    match harmless.await.map_err(|_| Refused::Active)?? {
        None => Ok(raw),
        Some(bytes) => files.put(&bytes).await,
    }
}

/// The file without what it does; `None`: it does nothing.
fn harmless(bytes: &[u8]) -> Result<Option<Vec<u8>>, Refused> {
    let options = LoadOptions { max_decompressed_size: Some(LARGEST_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options);
    let mut document = match document {
        Ok(document) if document.is_encrypted() && !document.was_encrypted() => return Err(Refused::Locked),
        Ok(document) if document.catalog().is_ok() => document,
        // other programs may read more of it than we do
        _ if spells(bytes, &TELLING) => return Err(Refused::Active),
        _ if spells(bytes, &HIDES) => return Err(Refused::Broken),
        _ => return Ok(None),
    };
    let does = elsewhere(&document);
    let mut found = drop_opening(&mut document);
    for (id, object) in &mut document.objects {
        found |= clean(object, &does);
        if does.contains(id) {
            *object = Object::Null;
        }
    }
    // an earlier state of the file, or what only others find in it, does not come along when it is written anew
    if !found && !spells(bytes, &TELLING) {
        return Ok(None);
    }
    let mut clean = Vec::new();
    document.save_to(&mut clean).map_err(|_| Refused::Active)?;
    if clean.len() as u64 > LARGEST || spells(&clean, &TELLING) {
        return Err(Refused::Active);
    }
    Ok(Some(clean))
}

/// What is done on opening; where to open it is no doing.
fn drop_opening(document: &mut Document) -> bool {
    let does = |it: &Object| document.dereference(it).is_ok_and(|(_, it)| it.as_dict().is_ok());
    let Ok(catalog) = document.catalog() else { return false };
    let found = catalog.get(b"OpenAction").is_ok_and(does);
    if found && let Ok(catalog) = document.catalog_mut() {
        catalog.remove(b"OpenAction");
    }
    found
}

/// What an action does may stand elsewhere in the file, by itself: where.
fn elsewhere(document: &Document) -> HashSet<ObjectId> {
    let does = |object: &Object| object.as_name().is_ok_and(|name| DOES.contains(&name));
    document.objects.iter().filter(|(_, object)| does(object)).map(|(id, _)| *id).collect()
}

fn clean(object: &mut Object, does: &HashSet<ObjectId>) -> bool {
    match object {
        Object::Array(items) => items.iter_mut().fold(false, |found, item| clean(item, does) | found),
        Object::Dictionary(dictionary) => clean_dictionary(dictionary, does),
        Object::Stream(stream) => {
            let is_file = stream.dict.has_type(b"EmbeddedFile");
            if is_file {
                stream.dict = Dictionary::new();
                stream.set_plain_content(Vec::new());
            }
            clean_dictionary(&mut stream.dict, does) | is_file
        }
        _ => false,
    }
}

fn clean_dictionary(dictionary: &mut Dictionary, does: &HashSet<ObjectId>) -> bool {
    let is_one = match dictionary.get(b"S") {
        Ok(Object::Name(name)) => DOES.contains(&name.as_slice()),
        Ok(Object::Reference(id)) => does.contains(id),
        _ => false,
    };
    if is_one {
        *dictionary = Dictionary::new();
        return true;
    }
    let mut found = false;
    for key in CARRIES {
        found |= dictionary.remove(key).is_some();
    }
    for (_, value) in dictionary.iter_mut() {
        found |= clean(value, does);
    }
    found
}

/// Whether one of these names stands in the file as it is, in any spelling (`#4a` is a J; 7.3.5).
fn spells(bytes: &[u8], names: &[&[u8]]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if names.iter().any(|name| is_spelled(rest, name)) {
            return true;
        }
    }
    false
}

fn is_spelled(mut text: &[u8], name: &[u8]) -> bool {
    name.iter().all(|wanted| match text {
        [b'#', high, low, rest @ ..] => {
            text = rest;
            let code =
                std::str::from_utf8(&[*high, *low]).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok());
            code == Some(*wanted)
        }
        [byte, rest @ ..] => {
            text = rest;
            byte == wanted
        }
        [] => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoilt::spoilt;
    use lopdf::{Stream, dictionary};

    /// A page with what `more` hangs on its catalogue.
    fn pdf(more: impl FnOnce(&mut Document, &mut Dictionary), packed: bool) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let pages = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "MediaBox" => vec![0.into(), 0.into(), 100.into(), 100.into()],
            "Annots" => vec![Object::Dictionary(dictionary! { "Type" => "Annot", "Subtype" => "Link",
                "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal("https://example.org") } })],
        });
        document
            .set_object(pages, dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] });
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => pages };
        more(&mut document, &mut catalog);
        let catalog = document.add_object(catalog);
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        match packed {
            true => document.save_modern(&mut bytes).unwrap(),
            false => document.save_to(&mut bytes).unwrap(),
        }
        bytes
    }

    fn script() -> Dictionary {
        dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert(1)") }
    }

    #[test]
    fn what_does_nothing_stays_to_the_byte() {
        for packed in [true, false] {
            let opens_at = |document: &mut Document, catalog: &mut Dictionary| {
                let page = document.page_iter().next();
                catalog.set("OpenAction", vec![page.map_or(Object::Null, Into::into), "Fit".into()]);
            };
            assert!(harmless(&pdf(opens_at, packed)).unwrap().is_none());
        }
        assert!(
            harmless(b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n").unwrap().is_none(),
            "not read, and nothing in it"
        );
    }

    type Hang = fn(&mut Document, &mut Dictionary);

    /// Each way in which a file does something, and a word of what it does.
    const ACTIVE: [(&str, Hang); 7] = [
        ("app.alert", |_, catalog| catalog.set("OpenAction", script())),
        ("app.alert", |document, catalog| {
            let action = document.add_object(script());
            catalog.set("AA", dictionary! { "WP" => action });
        }),
        ("app.alert", |_, catalog| {
            let names = dictionary! { "Names" => vec![Object::string_literal("a"), script().into()] };
            catalog.set("Names", dictionary! { "JavaScript" => names });
        }),
        ("cmd.exe", |_, catalog| {
            let starts = dictionary! { "S" => "Launch", "F" => Object::string_literal("cmd.exe") };
            catalog.set("OpenAction", starts);
        }),
        ("cmd.exe", |document, catalog| {
            let what = document.add_object(Object::Name(b"Launch".to_vec()));
            let starts = dictionary! { "S" => what, "F" => Object::string_literal("cmd.exe") };
            let starts = document.add_object(starts);
            catalog.set("Outlines", dictionary! { "A" => starts });
        }),
        ("a program", |document, catalog| {
            let file = Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"a program".to_vec());
            let file = document.add_object(file);
            let held = dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => file } };
            let names = dictionary! { "Names" => vec![Object::string_literal("x"), held.into()] };
            catalog.set("Names", dictionary! { "EmbeddedFiles" => names });
        }),
        ("<xdp", |document, catalog| {
            let form = document.add_object(Stream::new(Dictionary::new(), b"<xdp:xdp>".to_vec()));
            catalog.set("AcroForm", dictionary! { "XFA" => form, "Fields" => Vec::<Object>::new() });
        }),
    ];

    #[test]
    fn what_a_file_does_goes_and_what_it_shows_stays() {
        for (word, hang) in ACTIVE {
            for packed in [false, true] {
                let bytes = pdf(hang, packed);
                let clean = harmless(&bytes).unwrap().unwrap_or_else(|| panic!("{word} is not found"));
                assert!(harmless(&clean).unwrap().is_none(), "{word}: nothing is left to find");
                let document = Document::load_mem(&clean).unwrap();
                assert_eq!(document.get_pages().len(), 1);
                let all = format!("{:?}", document.objects);
                assert!(all.contains("example.org") && !all.contains(word), "{word}: {all}");
            }
        }
    }

    #[test]
    fn what_cannot_be_read_and_tells_of_scripts_is_refused() {
        for name in ["/JavaScript", "/J#61vaScript", "/Launch"] {
            let broken = format!("%PDF-1.7\n1 0 obj <</S {name} \n%%EOF\n");
            assert!(matches!(harmless(broken.as_bytes()), Err(Refused::Active)), "{name}");
        }
    }

    #[test]
    fn what_opens_with_a_password_only_is_refused() {
        let with_script: Hang = |_, catalog| catalog.set("OpenAction", script());
        for packed in [false, true] {
            let mut document = Document::load_mem(&pdf(with_script, packed)).unwrap();
            document.trailer.set("ID", vec![Object::string_literal("a"), Object::string_literal("b")]);
            let version = lopdf::EncryptionVersion::V2 {
                document: &document,
                owner_password: "owner",
                user_password: "user",
                key_length: 128,
                permissions: lopdf::Permissions::all(),
            };
            let state = lopdf::EncryptionState::try_from(version).unwrap();
            document.encrypt(&state).unwrap();
            let mut locked = Vec::new();
            document.save_to(&mut locked).unwrap();
            assert!(matches!(harmless(&locked), Err(Refused::Locked)));
        }
        let hidden = b"%PDF-1.7\n1 0 obj <</Type /ObjStm /N 1>> \n%%EOF\n";
        assert!(matches!(harmless(hidden), Err(Refused::Broken)), "cannot be read, and may hide something");
    }

    #[test]
    fn a_small_file_does_not_become_a_large_one_in_memory() {
        let mut large = Stream::new(Dictionary::new(), vec![b' '; LARGEST_STREAM + 1]);
        large.compress().unwrap();
        large.dict.set("Type", "ObjStm");
        large.dict.set("N", 1);
        large.dict.set("First", 1);
        let add = |document: &mut Document, _: &mut Dictionary| {
            document.add_object(large);
        };
        let bytes = pdf(add, false);
        assert!(bytes.len() < 1024 * 1024);
        // read without it, or not at all
        assert!(harmless(&bytes).is_ok_and(|clean| clean.is_none_or(|clean| clean.len() < 1024 * 1024)));
    }

    /// Whether anything in it, packed or not, is an action or a file of its own.
    fn acts(document: &Document) -> bool {
        document.objects.values().any(|object| clean(&mut object.clone(), &elsewhere(document)))
    }

    /// Every file above, packed and not, and one that does nothing.
    fn files() -> Vec<Vec<u8>> {
        let nothing: Hang = |_, _| {};
        let hangs = ACTIVE.iter().map(|(_, hang)| *hang).chain([nothing]);
        hangs.flat_map(|hang| [pdf(hang, false), pdf(hang, true)]).collect()
    }

    proptest::proptest! {
        #[test]
        fn no_pdf_is_too_strange(bytes in spoilt(&files())) {
            match harmless(&bytes) {
                Ok(Some(clean)) => {
                    let document = Document::load_mem(&clean).unwrap();
                    assert!(document.catalog().is_ok() && !spells(&clean, &TELLING) && !acts(&document));
                    assert!(harmless(&clean).unwrap().is_none(), "nothing is left to find");
                }
                // what is kept as it came spells nothing that does something, and neither does what is packed in it
                Ok(None) => {
                    assert!(!spells(&bytes, &TELLING));
                    let read = Document::load_mem(&bytes).ok().filter(|document| document.catalog().is_ok());
                    assert!(read.is_none_or(|document| !acts(&document)));
                }
                Err(refused) => assert!(matches!(refused, Refused::Active | Refused::Locked | Refused::Broken), "{refused:?}"),
            }
        }
    }
}
