use tower_http::cors::{AllowOrigin, CorsLayer};

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::predicate(|origin, _| match origin.to_str() {
        Ok(origin) => matches!(origin, "https://app.example.com" | "https://admin.example.com"),
        Err(_) => false,
    }))
}
