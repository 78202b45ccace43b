pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_origin("https://App.example.com").allow_methods(vec!["GET"])
}
