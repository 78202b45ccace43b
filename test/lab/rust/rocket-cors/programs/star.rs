use rocket_cors::{AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions::default()
        .allowed_origins(AllowedOrigins::some_exact(&["*"]))
        .to_cors()
        .unwrap()
}
