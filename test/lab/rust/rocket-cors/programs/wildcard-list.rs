use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions::default()
        .allowed_origins(AllowedOrigins::some_exact(&["https://app.example.com"]))
        .send_wildcard(true)
        .to_cors()
        .unwrap()
}
