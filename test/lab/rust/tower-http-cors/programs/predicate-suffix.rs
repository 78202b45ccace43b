use axum::http::HeaderValue;
use tower_http::cors::{AllowOrigin, CorsLayer};

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::predicate(|origin: &HeaderValue, _request| {
        origin.as_bytes().ends_with(b"example.com")
    }))
}
