use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions {
        allowed_origins: AllowedOrigins::all(),
        send_wildcard: true,
        ..Default::default()
    }
    .to_cors()
    .unwrap()
}
