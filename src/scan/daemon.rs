//! What clamd is asked and answers (clamd(8): `INSTREAM`, `VERSION`), over TCP or a socket of this machine.

use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};
use tokio::time::timeout;

/// A daemon that has not answered a call by then is away.
const CALL: Duration = Duration::from_secs(3);
/// A daemon that has not judged a file by then will not; its own limit is two minutes (`ReadTimeout`).
const WHOLE: Duration = Duration::from_secs(60);
/// Of a file, sent at once: all of it that is ever held in memory.
const PIECE: usize = 64 * 1024;
/// An answer is a short line.
const LONGEST_ANSWER: u64 = 4 * 1024;

/// Where clamd listens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Daemon {
    /// `host:port`
    Tcp(String),
    Unix(PathBuf),
}

/// What clamd found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    Clean,
    /// The name of the malware.
    Infected(String),
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the malware scanner does not answer: {0}")]
    Away(#[from] io::Error),
    #[error("the malware scanner takes too long")]
    Slow,
    /// Such as a file larger than its `StreamMaxLength`.
    #[error("the malware scanner could not judge: {0}")]
    Unjudged(String),
}

impl FromStr for Daemon {
    type Err = ();

    /// `host:port`, or the path of a socket.
    fn from_str(text: &str) -> Result<Self, ()> {
        if text.starts_with('/') {
            return Ok(Daemon::Unix(text.into()));
        }
        match text.rsplit_once(':') {
            Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0) => {
                Ok(Daemon::Tcp(text.to_owned()))
            }
            _ => Err(()),
        }
    }
}

impl Daemon {
    /// Has a file looked through, piece by piece.
    ///
    /// # Errors
    /// If the daemon is away, too slow, or says that it could not judge this file.
    pub async fn scan(&self, file: impl AsyncRead + Unpin) -> Result<Verdict, Error> {
        let answer = timeout(WHOLE, async { stream(self.call().await?, file).await });
        verdict(&answer.await.map_err(|_| Error::Slow)??)
    }

    /// Such as `ClamAV 1.4.6/27800/Tue Nov 24 09:20:13 2026`.
    ///
    /// # Errors
    /// If the daemon is away.
    pub async fn version(&self) -> Result<String, Error> {
        let answer = timeout(CALL, async {
            let mut line = self.call().await?;
            line.write_all(b"zVERSION\0").await?;
            answer(&mut line).await
        });
        answer.await.map_err(|_| Error::Slow)?
    }

    async fn call(&self) -> Result<Box<dyn Line>, Error> {
        let call = async {
            Ok(match self {
                Daemon::Tcp(address) => Box::new(TcpStream::connect(address).await?) as Box<dyn Line>,
                Daemon::Unix(path) => Box::new(UnixStream::connect(path).await?),
            })
        };
        timeout(CALL, call).await.map_err(|_| Error::Slow)?
    }
}

/// Either kind of connection.
trait Line: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}

async fn stream(mut line: Box<dyn Line>, file: impl AsyncRead + Unpin) -> Result<String, Error> {
    // whoever refuses a file hangs up in the middle of it, but says why first
    let sent = send(&mut line, file).await;
    match answer(&mut line).await {
        Ok(answer) if !answer.is_empty() => Ok(answer),
        Ok(_) => Err(Error::Away(sent.err().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()))),
        Err(error) => Err(sent.map_or_else(Error::Away, |()| error)),
    }
}

/// Each piece behind its length, four bytes in network order; an empty one ends the file.
async fn send(line: &mut Box<dyn Line>, mut file: impl AsyncRead + Unpin) -> io::Result<()> {
    line.write_all(b"zINSTREAM\0").await?;
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece).await?;
        line.write_all(&u32::try_from(length).unwrap_or_default().to_be_bytes()).await?;
        if length == 0 {
            return line.flush().await;
        }
        line.write_all(&piece[..length]).await?;
    }
}

/// One line, ended by a zero byte.
async fn answer(line: &mut Box<dyn Line>) -> Result<String, Error> {
    let mut said = Vec::new();
    line.take(LONGEST_ANSWER).read_to_end(&mut said).await?;
    let end = said.iter().position(|byte| *byte == 0).unwrap_or(said.len());
    Ok(String::from_utf8_lossy(&said[..end]).trim().to_owned())
}

fn verdict(answer: &str) -> Result<Verdict, Error> {
    let said = answer.strip_prefix("stream: ").unwrap_or(answer);
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Infected(name.to_owned())),
        None if said == "OK" => Ok(Verdict::Clean),
        None => Err(Error::Unjudged(said.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoilt::{some, spoilt};

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(verdict("stream: OK").unwrap(), Verdict::Clean);
        let found = verdict("stream: Win.Test.EICAR_HDB-1 FOUND").unwrap();
        assert_eq!(found, Verdict::Infected("Win.Test.EICAR_HDB-1".into()));
        for answer in ["INSTREAM size limit exceeded. ERROR", "", "stream: OKAY", "UNKNOWN COMMAND"] {
            assert!(matches!(verdict(answer), Err(Error::Unjudged(_))), "{answer}");
        }
    }

    #[test]
    fn an_address_is_a_socket_or_a_host_with_a_port() {
        assert_eq!("/run/clamav/clamd.ctl".parse(), Ok(Daemon::Unix("/run/clamav/clamd.ctl".into())));
        assert_eq!("clamd.example.org:3310".parse(), Ok(Daemon::Tcp("clamd.example.org:3310".into())));
        for wrong in ["", "clamd", ":3310", "clamd:0", "clamd:port", "clamd:99999"] {
            assert_eq!(wrong.parse::<Daemon>(), Err(()), "{wrong}");
        }
    }

    /// A daemon that says one thing, whatever it is sent.
    async fn said(answer: Vec<u8>) -> Result<Verdict, Error> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let daemon = Daemon::Tcp(listener.local_addr().unwrap().to_string());
        let answers = async {
            let (mut line, _) = listener.accept().await.unwrap();
            line.write_all(&answer).await.unwrap();
            line.shutdown().await.unwrap();
            // until it is hung up on
            let _rest = line.read_to_end(&mut Vec::new()).await;
        };
        tokio::join!(daemon.scan(&b"a file"[..]), answers).0
    }

    #[tokio::test]
    async fn whatever_a_daemon_says_only_ok_is_clean() {
        let answers: [&[u8]; 3] = [
            b"stream: OK\0",
            b"stream: Win.Test.EICAR_HDB-1 FOUND\0",
            b"INSTREAM size limit exceeded. ERROR\0",
        ];
        let mut clean = 0;
        for answer in some(&spoilt(&answers), 200) {
            let line = answer.split(|byte| *byte == 0).next().unwrap();
            let is_ok = matches!(line.trim_ascii(), b"OK" | b"stream: OK");
            match said(answer.clone()).await {
                Ok(Verdict::Clean) => {
                    clean += 1;
                    assert!(is_ok, "{}", String::from_utf8_lossy(&answer));
                }
                Ok(Verdict::Infected(name)) => assert!(!is_ok && name.len() as u64 <= LONGEST_ANSWER),
                Err(error) => assert!(!is_ok && !error.to_string().is_empty()),
            }
        }
        assert!(clean > 0, "some are spoilt behind their end");
    }
}
