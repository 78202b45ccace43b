use axum::http::HeaderValue;
use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    let origins = [
        "https://app.example.com".parse::<HeaderValue>().unwrap(),
        "https://admin.example.com".parse::<HeaderValue>().unwrap(),
    ];
    CorsLayer::new().allow_origin(origins).allow_credentials(true)
}
