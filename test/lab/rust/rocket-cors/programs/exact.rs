use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    let allowed_origins = AllowedOrigins::some_exact(&["https://app.example.com", "https://admin.example.com"]);
    CorsOptions {
        allowed_origins,
        allow_credentials: true,
        ..Default::default()
    }
    .to_cors()
    .expect("a right configuration")
}
