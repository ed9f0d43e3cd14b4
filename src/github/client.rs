//! Requests and their answers, with bounds: in time, in size, and in how often one is sent.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use octocrab::Octocrab;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use super::{Access, GithubError};
use crate::text::{shortened, shown};

/// The largest answer that is read, in bytes. A hundred pull requests with the longest texts fit in.
const MOST_BYTES: usize = 32 << 20;

/// How often a request that only reads is sent, at most.
const MOST_TRIES: u32 = 3;

/// How often a request is sent on to another place of the service.
const MOST_REDIRECTS: usize = 3;

/// How much of what the service says of an error is shown, in characters.
const LONGEST_MESSAGE: usize = 200;

/// The service, asked one thing after another.
#[derive(Debug)]
pub struct Client {
    access: Access,
    /// Made with the first request: it needs the certificates of the machine.
    connection: OnceLock<Connection>,
}

#[derive(Debug)]
struct Connection {
    // Goes before the runtime that it lives in.
    octocrab: Octocrab,
    runtime: Runtime,
}

/// A body of an answer, read to its end, and what stands around it.
pub(super) struct Answer {
    pub headers: HeaderMap,
    body: Vec<u8>,
}

/// Why there is no answer.
enum Trouble {
    /// The service could not be reached, or the connection broke.
    Broken(String),
    Slow,
    Large,
    /// What is asked for is elsewhere.
    Foreign,
}

impl Client {
    /// A client that has not asked anything yet.
    #[must_use]
    pub fn new(access: Access) -> Client {
        Client { access, connection: OnceLock::new() }
    }

    /// How the service is reached.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Reads something; `what` names it in errors. What failed on its way is sent again, with bounds.
    pub(super) fn get(&self, what: &str, path: &str) -> Result<Answer, GithubError> {
        let mut tries = 1;
        loop {
            let answer = self.send(&Method::GET, path, None)?;
            let wait = match &answer {
                Err(Trouble::Broken(_)) => Some(self.access.patience.pause(tries)),
                Err(Trouble::Slow | Trouble::Large | Trouble::Foreign) => None,
                Ok((status, answer)) => self.wait(*status, &answer.headers, tries),
            };
            match wait.filter(|_| tries < MOST_TRIES) {
                // A timer is made within a runtime only.
                Some(wait) => {
                    self.connection()?.runtime.block_on(async { tokio::time::sleep(wait).await });
                }
                None => return self.settled(what, answer, false),
            }
            tries += 1;
        }
    }

    /// Writes something, once: whether a request that failed was carried out is not known.
    pub(super) fn write(
        &self,
        what: &str,
        method: &Method,
        path: &str,
        body: &Value,
    ) -> Result<Answer, GithubError> {
        let answer = self.send(method, path, Some(body))?;
        self.settled(what, answer, true)
    }

    /// The answer, if it is one to go on with.
    fn settled(
        &self,
        what: &str,
        answer: Result<(StatusCode, Answer), Trouble>,
        wrote: bool,
    ) -> Result<Answer, GithubError> {
        let what = what.to_owned();
        let (status, answer) = answer.map_err(|trouble| match trouble {
            Trouble::Broken(reason) => {
                let reason = self.told(&reason);
                GithubError::Unreachable { what: what.clone(), reason, wrote }
            }
            Trouble::Slow => {
                let seconds = self.access.patience.answer.as_secs_f64();
                GithubError::Slow { what: what.clone(), seconds, wrote }
            }
            Trouble::Foreign => GithubError::Foreign { what: what.clone() },
            Trouble::Large => GithubError::Large { what: what.clone(), limit: MOST_BYTES },
        })?;
        if status.is_success() {
            return Ok(answer);
        }
        if let Some(limit) = limited(status, &answer.headers) {
            return Err(GithubError::Limited { what, when: limit.when() });
        }
        let message = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let message = message.get("message").and_then(Value::as_str);
        let message = message.map(|it| format!(" ({})", self.told(it))).unwrap_or_default();
        Err(GithubError::Refused { what, status: status.as_u16(), message })
    }

    /// How long to wait before the request is sent again; none if that does not help, or is too long.
    fn wait(&self, status: StatusCode, headers: &HeaderMap, tries: u32) -> Option<Duration> {
        let patience = self.access.patience;
        if let Some(limit) = limited(status, headers) {
            let wait = limit.wait();
            return wait.filter(|wait| *wait <= patience.longest_wait());
        }
        matches!(status.as_u16(), 502..=504).then(|| patience.pause(tries))
    }

    /// What others say: on one line, short, without the token.
    fn told(&self, text: &str) -> String {
        shortened(&shown(&self.access.redacted(text)), LONGEST_MESSAGE)
    }

    /// What cannot be read of an answer.
    pub(super) fn malformed(&self, what: &str, error: &serde_json::Error) -> GithubError {
        GithubError::Malformed { what: what.to_owned(), reason: self.told(&error.to_string()) }
    }

    fn connection(&self) -> Result<&Connection, GithubError> {
        if let Some(connection) = self.connection.get() {
            return Ok(connection);
        }
        let made = self.connect().map_err(|why| GithubError::Client(self.told(&why)))?;
        Ok(self.connection.get_or_init(|| made))
    }

    fn connect(&self) -> Result<Connection, String> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let octocrab = {
            let _within = runtime.enter();
            let patience = Some(self.access.patience.answer);
            let builder = Octocrab::builder().base_uri(self.access.address.clone());
            let builder = builder.map_err(|error| root_of(&error))?;
            let builder = builder
                .personal_token(self.access.token.clone())
                .set_connect_timeout(patience)
                .set_read_timeout(patience)
                .set_write_timeout(patience);
            builder.build().map_err(|error| root_of(&error))?
        };
        Ok(Connection { octocrab, runtime })
    }

    /// Sends a request, and reads its answer, whatever it is. Where the service sends it on to another
    /// place of its own (a repository that got another name), it goes there.
    fn send(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Result<(StatusCode, Answer), Trouble>, GithubError> {
        let mut path = path.to_owned();
        for _ in 0..MOST_REDIRECTS {
            let answer = self.exchange(method, &path, body)?;
            let Ok((status, Answer { headers, .. })) = &answer else { return Ok(answer) };
            // What writes is sent again only where it was not carried out (RFC 9110, section 15.4).
            let sent_on = match status.as_u16() {
                307 | 308 => true,
                301 | 302 => *method == Method::GET,
                _ => false,
            };
            let place = headers.get(http::header::LOCATION).and_then(|it| it.to_str().ok());
            match (sent_on, place.map(|place| self.within(place))) {
                (true, Some(Some(place))) => path = place,
                (true, Some(None)) => return Ok(Err(Trouble::Foreign)),
                (false, _) | (true, None) => return Ok(answer),
            }
        }
        self.exchange(method, &path, body)
    }

    fn exchange(
        &self,
        method: &Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Result<(StatusCode, Answer), Trouble>, GithubError> {
        let Connection { octocrab, runtime } = self.connection()?;
        let request = Request::builder().method(method).uri(path);
        let request = request.header(http::header::ACCEPT, "application/vnd.github+json");
        let request = octocrab.build_request(request, body);
        let request = request.map_err(|error| GithubError::Client(self.told(&root_of(&error))))?;
        let exchange = async {
            let answer = octocrab.execute(request).await;
            read(answer.map_err(|error| Trouble::Broken(root_of(&error)))?).await
        };
        Ok(runtime.block_on(async {
            let exchange = tokio::time::timeout(self.access.patience.answer, exchange);
            exchange.await.unwrap_or(Err(Trouble::Slow))
        }))
    }
}

async fn read<B>(answer: Response<B>) -> Result<(StatusCode, Answer), Trouble>
where
    B: BodyExt,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (parts, body) = answer.into_parts();
    let body = Limited::new(body, MOST_BYTES).collect().await;
    let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => Trouble::Large,
        None => Trouble::Broken(root_of(error.as_ref())),
    })?;
    Ok((parts.status, Answer { headers: parts.headers, body: body.to_bytes().to_vec() }))
}

impl Answer {
    /// What the answer says.
    pub fn read<T: DeserializeOwned>(&self, client: &Client, what: &str) -> Result<T, GithubError> {
        serde_json::from_slice(&self.body).map_err(|error| client.malformed(what, &error))
    }
}

/// The error that the others tell of.
fn root_of(error: &(dyn std::error::Error + 'static)) -> String {
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    root.to_string()
}

/// What an answer says of a limit of requests (GitHub, *Rate limits for the REST API*).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    /// In so many seconds there are more.
    In(u64),
    /// At this time there are, in seconds since 1970.
    At(u64),
    /// Some time.
    Unknown,
}

fn limited(status: StatusCode, headers: &HeaderMap) -> Option<Limit> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
    let after = number("retry-after");
    let none_left = number("x-ratelimit-remaining") == Some(0);
    match status.as_u16() {
        429 => {}
        403 if after.is_some() || none_left => {}
        _ => return None,
    }
    let reset = number("x-ratelimit-reset").filter(|_| none_left || after.is_none());
    Some(after.map(Limit::In).or(reset.map(Limit::At)).unwrap_or(Limit::Unknown))
}

impl Limit {
    fn wait(self) -> Option<Duration> {
        match self {
            Limit::In(seconds) => Some(Duration::from_secs(seconds)),
            Limit::At(time) => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Some(Duration::from_secs(time).saturating_sub(now))
            }
            Limit::Unknown => None,
        }
    }

    fn when(self) -> String {
        let at = |time: u64| {
            let time = i64::try_from(time).ok();
            let time = time.and_then(|time| jiff::Timestamp::from_second(time).ok());
            time.map_or_else(|| "much later".to_owned(), |time| format!("after {time}"))
        };
        match self {
            Limit::In(seconds) => format!("in {seconds} s"),
            Limit::At(time) => at(time),
            Limit::Unknown => "later".to_owned(),
        }
    }
}
