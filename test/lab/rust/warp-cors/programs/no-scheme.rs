pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_origin("app.example.com").allow_methods(vec!["GET"])
}
