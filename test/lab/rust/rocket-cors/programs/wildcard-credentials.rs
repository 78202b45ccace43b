use rocket_cors::{Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions {
        send_wildcard: true,
        allow_credentials: true,
        ..Default::default()
    }
    .to_cors()
    .unwrap()
}
