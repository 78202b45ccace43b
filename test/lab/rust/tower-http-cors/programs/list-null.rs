use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin(vec!["https://app.example.com".parse().unwrap(), "null".parse().unwrap()])
}
