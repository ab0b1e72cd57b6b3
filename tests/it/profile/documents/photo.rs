//! Photos straight from a phone.
use super::{add, address};
use crate::support::{jpeg, world_on};

/// As phones write it: the way up the camera was held, and where its owner was (TIFF 6.0; CIPA DC-008).
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend(b"\x02\0"); // two entries: the orientation, and where the position is
    exif.extend([b"\x12\x01\x03\0\x01\0\0\0".as_slice(), &[orientation, 0, 0, 0]].concat());
    exif.extend(b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
    exif.extend(b"\x01\0\x01\0\x02\0\0\0\x02\0\0\0N\0\0\0\0\0\0\0"); // north
    exif.extend(b"47.3769N 8.5417E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xFF\xE1", &length, &exif, &jpeg[2..]].concat()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[sqlx::test]
async fn a_photo_stands_upright_and_does_not_say_where_its_owner_lives(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let taken = with_exif(&jpeg(64, 32), 6); // held upright: to be turned by 90 degrees to the right
    assert!(holds(&taken, "Exif") && holds(&taken, "47.3769N"));

    assert_eq!(add(&ines, "cv", "IMG_0001.JPG", &taken).await.status, 303);

    let [file] = &world.stored()[..] else { panic!("{:?}", world.stored()) };
    let kept = world.read(file).await;
    let picture = image::load_from_memory(&kept).unwrap().to_rgb8();
    assert_eq!(picture.dimensions(), (32, 64));
    let (above, below) = (picture.get_pixel(16, 5).0, picture.get_pixel(16, 58).0);
    assert!(above[0] > 180 && below[2] > 180, "the left side is above: {above:?} {below:?}");
    assert!(!holds(&kept, "Exif") && !holds(&kept, "47.3769N"));
    // the row tells of what is kept, not of what came
    let (bytes, is_its): (i64, bool) = sqlx::query_as("select bytes, sha256 = sha256($1) from document")
        .bind(&kept)
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!((bytes, is_its), (kept.len() as i64, true));
    assert_eq!(ines.get(&address(&ines, "IMG_0001.JPG").await).await.headers["content-type"], "image/jpeg");
    // the same photo again is the same photo
    assert_eq!(add(&ines, "cv", "IMG_0001.JPG", &taken).await.status, 303);
    assert_eq!(world.stored().len(), 1);
}

#[sqlx::test]
async fn a_picture_that_would_fill_the_memory_is_refused_by_its_header(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("es").await;
    let mut bomb = jpeg(16, 16);
    let frame = bomb.windows(2).position(|mark| mark == [0xFF, 0xC0]).unwrap();
    let side = 10_000u16.to_be_bytes();
    bomb[frame + 5..frame + 9].copy_from_slice(&[side, side].concat());

    let reply = add(&ines, "cv", "bomba.jpg", &bomb).await;

    assert_eq!(reply.status, 422);
    assert!(reply.has("bomba.jpg: La imagen tiene más píxeles de los que podemos leer"), "{}", reply.body);
    assert!(world.stored().is_empty());
}

#[sqlx::test]
async fn a_photo_as_iphones_keep_it_is_told_how_to_become_a_jpeg(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let heic = [b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice(), &[0; 64]].concat();

    let reply = add(&ines, "study_proof", "IMG_0002.HEIC", &heic).await;

    assert_eq!(reply.status, 422);
    assert!(reply.has("IMG_0002.HEIC: This is a HEIC photo") && reply.has("Most Compatible"));
}
