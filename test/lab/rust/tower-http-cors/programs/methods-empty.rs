use axum::http::{HeaderValue, Method};
use tower_http::cors::CorsLayer;

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin([HeaderValue::from_static("https://app.example.com")]).allow_methods(Vec::<Method>::new())
}
