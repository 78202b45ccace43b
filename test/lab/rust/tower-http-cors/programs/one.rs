use axum::http::HeaderValue;
use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin("https://app.example.com".parse::<HeaderValue>().unwrap())
}
