use axum::http::HeaderValue;
use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin(Vec::<HeaderValue>::new()).allow_credentials(true)
}
