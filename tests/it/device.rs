//! Somebody's device with passkeys, as far as the product can tell: it answers what a page asks of the browser, and lies
//! as told.

use crate::account::proof;
use crate::support::{Reader, Reply};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PASSKEYS: &str = "/account/second-factor/passkeys";
pub const ADD: &str = "/account/second-factor/passkeys/add";

/// Whoever holds it was there, and showed finger, face or code.
const VERIFIED: u8 = 0b101;
const ONLY_THERE: u8 = 0b001;
const NEW_KEY: u8 = 0b100_0000;

#[derive(Clone)]
pub struct Device {
    id: [u8; 16],
    key: SigningKey,
    pub counter: u32,
    /// Where its browser believes to be.
    pub origin: String,
    pub asks_who: bool,
}

/// What a page asks of the browser, as the script reads it.
pub fn asked(page: &Reply) -> Value {
    let rest = page.body.split("data-asked=\"").nth(1).unwrap_or_else(|| panic!("{}", page.body));
    let text = rest.split('"').next().unwrap().replace("&#34;", "\"").replace("&#38;", "&");
    serde_json::from_str::<Value>(&text).unwrap()["publicKey"].clone()
}

/// A form with an answer of a device and what else it has: `name=value&…`.
pub fn sent(answer: &Value, rest: &str) -> String {
    let answer = serde_html_form::to_string([("passkey", answer.to_string())]).unwrap();
    format!("{answer}&{rest}")
}

impl Device {
    pub fn new() -> Device {
        let (id, secret): ([u8; 16], [u8; 32]) = (rand::random(), rand::random());
        let key = SigningKey::from_slice(&secret).unwrap();
        Device { id, key, counter: 1, origin: "http://localhost:3000".to_owned(), asks_who: true }
    }

    /// Makes a passkey, with nobody to vouch for the device.
    pub fn make(&self, asked: &Value) -> Value {
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut data = self.data(asked["rp"]["id"].as_str().unwrap(), NEW_KEY);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        // COSE: an elliptic curve key, for ES256, on P-256
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().unwrap());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().unwrap());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(data.len().try_into().unwrap());
        object.extend(data);
        let client = self.client("webauthn.create", asked);
        self.answer(
            json!({ "attestationObject": coded(&object), "clientDataJSON": coded(client.as_bytes()) }),
        )
    }

    /// Signs what is asked, and counts.
    pub fn prove(&mut self, asked: &Value) -> Value {
        self.counter += 1;
        let client = self.client("webauthn.get", asked);
        let data = self.data(asked["rpId"].as_str().unwrap(), 0);
        let signed = [data.as_slice(), &Sha256::digest(client.as_bytes())].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(json!({
            "authenticatorData": coded(&data), "clientDataJSON": coded(client.as_bytes()),
            "signature": coded(signature.to_der().as_bytes()), "userHandle": null,
        }))
    }

    fn data(&self, site: &str, more: u8) -> Vec<u8> {
        let flags = more | if self.asks_who { VERIFIED } else { ONLY_THERE };
        [&Sha256::digest(site)[..], &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client(&self, what: &str, asked: &Value) -> String {
        let (origin, challenge) = (&self.origin, &asked["challenge"]);
        json!({ "type": what, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
    }

    fn answer(&self, response: Value) -> Value {
        let id = coded(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response })
    }
}

fn coded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Reader<'_> {
    /// Begins to add a passkey: the page that asks for it.
    pub async fn begins_passkey(&self, name: &str) -> Reply {
        let begun = self.post(PASSKEYS, &format!("{}&name={name}", proof())).await;
        assert_eq!(begun.location.as_deref(), Some(ADD), "{}", begun.body);
        self.get(ADD).await
    }

    /// Adds a passkey: the device, and the recovery codes that come with the first.
    pub async fn adds_passkey(&self, name: &str) -> (Device, Vec<String>) {
        let device = Device::new();
        let page = self.begins_passkey(name).await;
        let added = self.post(ADD, &sent(&device.make(&asked(&page)), "")).await;
        assert!(matches!(added.status, 200 | 303) && !added.has("passkey-e"), "{}", added.body);
        (device, added.marked("code"))
    }
}
