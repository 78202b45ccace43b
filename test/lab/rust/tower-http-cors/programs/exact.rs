use tower_http::cors::{AllowOrigin, CorsLayer};

pub fn cors() -> CorsLayer {
    CorsLayer::new().allow_origin(AllowOrigin::exact("https://app.example.com".parse().unwrap()))
}
