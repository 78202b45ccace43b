const TRUSTED: [&str; 2] = ["https://app.example.com", "https://admin.example.com"];

pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_origins(TRUSTED).allow_methods(["GET", "PUT"]).allow_credentials(true)
}
