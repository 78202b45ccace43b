use salvo::cors::Cors;
use salvo::http::Method;

pub fn cors() -> Cors {
    Cors::new()
        .allow_origin(["https://app.example.com", "https://admin.example.com"])
        .allow_methods(vec![Method::GET, Method::PUT])
        .allow_headers(vec!["content-type", "x-test"])
        .expose_headers(vec!["x-total-count"])
        .allow_credentials(true)
        .max_age(600)
}
