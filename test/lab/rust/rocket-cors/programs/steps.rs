use rocket_cors::{AllowedHeaders, AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions::default()
        .allowed_origins(AllowedOrigins::some_exact(&["https://app.example.com"]))
        .allowed_headers(AllowedHeaders::some(&["x-test"]))
        .allow_credentials(true)
        .max_age(Some(60))
        .to_cors()
        .unwrap()
}
