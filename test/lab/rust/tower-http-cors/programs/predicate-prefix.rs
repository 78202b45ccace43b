use axum::http::HeaderValue;
use tower_http::cors::{AllowOrigin, CorsLayer};

pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(|origin: &HeaderValue, _| {
            origin.to_str().map(|origin| origin.starts_with("https://app.example.com")).unwrap_or(false)
        }))
        .allow_credentials(true)
}
