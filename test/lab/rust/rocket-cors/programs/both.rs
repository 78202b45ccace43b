use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions::default()
        .allowed_origins(AllowedOrigins::some(&["https://app.example.com"], &[r"^https://[a-z]+\.example\.com$"]))
        .to_cors()
        .unwrap()
}
