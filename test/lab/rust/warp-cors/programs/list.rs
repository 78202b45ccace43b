use warp::http::Method;

pub fn cors() -> warp::filters::cors::Builder {
    warp::cors()
        .allow_origins(["https://app.example.com", "https://admin.example.com"])
        .allow_methods(&[Method::GET, Method::PUT, Method::DELETE])
        .allow_headers(vec!["content-type", "x-test"])
        .expose_headers(["x-total-count"])
        .allow_credentials(true)
        .max_age(600)
}
