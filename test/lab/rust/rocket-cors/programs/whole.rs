use rocket::http::Method;
use rocket_cors::{AllowedHeaders, AllowedOrigins, Cors, CorsOptions};

pub fn cors() -> Cors {
    CorsOptions {
        allowed_origins: AllowedOrigins::some_exact(&["https://app.example.com"]),
        allowed_methods: vec![Method::Get, Method::Put].into_iter().map(From::from).collect(),
        allowed_headers: AllowedHeaders::some(&["Content-Type", "X-Test"]),
        expose_headers: ["X-Total-Count".to_string()].into_iter().collect(),
        allow_credentials: true,
        max_age: Some(600),
        ..Default::default()
    }
    .to_cors()
    .unwrap()
}
