//! A loopback server that plays the API of GitHub, and what it was asked.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;

use serde_json::{Value, json};

use crate::helpers::{Answer, command};
use crate::openapi;

/// The token of all tests: it may appear nowhere.
pub const TOKEN: &str = "ghs_TheTokenThatNobodyMaySee0123456789";

/// Where the API is on a server of one's own. Here it is in both places.
pub const ENTERPRISE: &str = "/api/v3";

/// What the server does when it is asked.
#[derive(Clone)]
pub enum Play {
    /// An answer: a status, headers, and values for the example of GitHub.
    Say(u16, Vec<(&'static str, String)>, Value),
    /// An answer of these bytes.
    Raw(u16, Vec<u8>),
    /// The connection is cut.
    Cut,
    /// It takes longer than anybody waits.
    Slow,
    /// So many megabytes.
    Huge(usize),
}

pub fn ok(values: Value) -> Play {
    Play::Say(200, vec![], values)
}

pub fn fault(status: u16, headers: &[(&'static str, &str)]) -> Play {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Play::Say(status, headers, json!({ "message": "no" }))
}

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub head: String,
    pub body: Vec<u8>,
}

type Script = Vec<(&'static str, String, VecDeque<Play>)>;

pub struct Hub {
    pub address: String,
    script: Arc<Mutex<Script>>,
    asked: Arc<Mutex<Vec<Asked>>>,
    serving: Arc<Mutex<Vec<JoinHandle<()>>>>,
}

impl Hub {
    pub fn start() -> Hub {
        openapi::load();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let hub =
            Hub { address, script: Arc::default(), asked: Arc::default(), serving: Arc::default() };
        let (script, asked) = (Arc::clone(&hub.script), Arc::clone(&hub.asked));
        let serving = Arc::clone(&hub.serving);
        spawn(move || {
            for stream in listener.incoming().flatten() {
                let (script, asked) = (Arc::clone(&script), Arc::clone(&asked));
                let mut serving = serving.lock().unwrap();
                serving.push(spawn(move || serve(stream, &script, &asked)));
            }
        });
        hub
    }

    /// What is done for requests of a method and a target (path and query; without a query for any),
    /// one after another; the last one goes on.
    pub fn on(&self, method: &'static str, target: &str, plays: &[Play]) -> &Hub {
        let plays = plays.iter().cloned().collect();
        let mut script = self.script.lock().unwrap();
        script.retain(|(old, of, _)| (*old, of.as_str()) != (method, target));
        script.push((method, target.to_owned(), plays));
        self
    }

    /// The requests until now, as `METHOD target`.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|it| format!("{} {}", it.method, it.target)).collect()
    }

    /// The heads of the requests until now.
    pub fn heads(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|it| it.head.clone()).collect()
    }

    /// The bodies of the requests that wrote something.
    pub fn written(&self) -> Vec<Value> {
        let asked = self.asked.lock().unwrap();
        let bodies = asked.iter().filter(|it| it.method != "GET");
        bodies.map(|it| serde_json::from_slice(&it.body).unwrap()).collect()
    }

    pub fn forget(&self) {
        self.asked.lock().unwrap().clear();
    }

    /// The tool with this server. The token is in nothing that it says, and every request was right.
    pub fn run(&self, dir: &Path, args: &[&str]) -> Answer {
        let mut command = command(dir, args);
        command.args(["--as-of", "2026-08-21"]);
        command.env("GITHUB_TOKEN", TOKEN).env("GITHUB_API_URL", &self.address);
        command.env("SCS_GITHUB_TIMEOUT", "0.5");
        let answer = answered(command.output().unwrap());
        self.settle();
        answer
    }

    /// Fails if a request was not as GitHub describes it.
    fn settle(&self) {
        let serving = std::mem::take(&mut *self.serving.lock().unwrap());
        serving.into_iter().for_each(|it| it.join().unwrap());
        for Asked { head, body, .. } in self.asked.lock().unwrap().iter() {
            assert!(head.contains(&format!("authorization: Bearer {TOKEN}")), "{head}");
            assert!(head.contains("x-github-api-version: "), "{head}");
            assert!(!String::from_utf8_lossy(body).contains(TOKEN));
        }
    }
}

/// What the tool said, without the token in it.
pub fn answered(output: Output) -> Answer {
    let Output { status, stdout, stderr } = output;
    let [out, err] = [stdout, stderr].map(|it| String::from_utf8(it).unwrap());
    assert!(!out.contains(TOKEN) && !err.contains(TOKEN), "{out}{err}");
    Answer { status: status.code().unwrap(), out, err }
}

fn serve(stream: TcpStream, script: &Mutex<Script>, asked: &Mutex<Vec<Asked>>) {
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let Some(request) = read(&mut reader) else { return };
    let play = next(&request, &mut script.lock().unwrap());
    asked.lock().unwrap().push(request.clone());
    let mut stream = stream;
    let Asked { method, target, body, .. } = request;
    match play {
        Play::Cut => {}
        Play::Slow => {
            // Until the other side has gone.
            let _ = reader.read(&mut [0]);
        }
        Play::Huge(megabytes) => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[");
            let block = vec![b' '; 1 << 20];
            for _ in 0..megabytes {
                if stream.write_all(&block).is_err() {
                    return;
                }
            }
        }
        Play::Raw(status, bytes) => write(&mut stream, status, &[], &bytes),
        Play::Say(status, headers, values) => {
            let path = target.split('?').next().unwrap();
            let fine = (200..300).contains(&status);
            let answer = match fine {
                true => openapi::answer(&method, path, status, &values),
                false => values,
            };
            write(&mut stream, status, &headers, answer.to_string().as_bytes());
            openapi::check(&method, &target, &body, status, fine.then_some(&answer));
        }
    }
}

fn next(request: &Asked, script: &mut Script) -> Play {
    let path = request.target.split('?').next().unwrap();
    let of_method = |it: &&mut (&str, String, _)| it.0 == request.method;
    let mut fitting: Vec<_> = script
        .iter_mut()
        .filter(of_method)
        .filter(|(_, target, _)| *target == request.target || target == path)
        .collect();
    fitting.sort_by_key(|(_, target, _)| target == path && request.target.contains('?'));
    match fitting.first_mut() {
        None => fault(404, &[]),
        Some((_, _, plays)) if plays.len() > 1 => plays.pop_front().unwrap(),
        Some((_, _, plays)) => plays.front().unwrap().clone(),
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let mut first = head.split_whitespace();
    let (method, target) = (first.next()?.to_owned(), first.next()?);
    let target = target.strip_prefix(ENTERPRISE).unwrap_or(target).to_owned();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.and_then(|it| it.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { method, target, head, body })
}

fn write(stream: &mut TcpStream, status: u16, headers: &[(&'static str, String)], body: &[u8]) {
    let headers: String =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let _ = stream.write_all(body);
}
