use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions {
        allowed_origins: AllowedOrigins::some_null(),
        allow_credentials: true,
        ..Default::default()
    }
    .to_cors()
    .unwrap()
}
