use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions::default()
        .allowed_origins(AllowedOrigins::some_regex(&[r"^https://.+\.example\.com$"]))
        .allow_credentials(true)
        .to_cors()
        .unwrap()
}
