use axum::http::HeaderValue;
use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    let origin = std::env::var("NO_SUCH_ORIGIN").unwrap_or_else(|_| "https://app.example.com".to_string());
    CorsLayer::new().allow_origin(origin.parse::<HeaderValue>().unwrap())
}
