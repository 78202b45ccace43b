pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_origin("https://app.example.com")
}
