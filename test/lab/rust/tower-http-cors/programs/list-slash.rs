use axum::http::HeaderValue;
use tower_http::cors::{AllowOrigin, CorsLayer};

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::list([HeaderValue::from_static("https://app.example.com/")]))
}
