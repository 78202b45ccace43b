use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(["https://app.example.com".parse().unwrap()])
        .allow_private_network(true)
}
