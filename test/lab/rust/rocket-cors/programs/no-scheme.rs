use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions {
        allowed_origins: AllowedOrigins::some_exact(&["app.example.com"]),
        ..Default::default()
    }
    .to_cors()
    .unwrap()
}
