use tower_http::cors::{AllowOrigin, CorsLayer};

const ALLOWED: [&str; 2] = ["https://app.example.com", "https://admin.example.com"];

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::predicate(move |origin, _| {
        origin.to_str().is_ok_and(|origin| ALLOWED.contains(&origin))
    }))
}
