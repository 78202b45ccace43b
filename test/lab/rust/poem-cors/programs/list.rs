use poem::http::Method;
use poem::middleware::Cors;

pub fn cors() -> Cors {
    Cors::new()
        .allow_origins(["https://app.example.com", "https://admin.example.com"])
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers(["content-type", "x-test"])
        .expose_headers(vec!["x-total-count"])
        .allow_credentials(true)
        .max_age(600)
}
