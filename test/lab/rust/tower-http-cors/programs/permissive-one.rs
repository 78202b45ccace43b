use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    CorsLayer::permissive().allow_origin("https://app.example.com".parse::<axum::http::HeaderValue>().unwrap())
}
