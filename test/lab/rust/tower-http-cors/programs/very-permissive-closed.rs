use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    CorsLayer::very_permissive().allow_origin(["https://app.example.com".parse().unwrap()])
}
