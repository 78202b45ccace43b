pub fn cors() -> warp::filters::cors::Builder {
    warp::cors().allow_origins(Vec::<&str>::new()).allow_methods(["GET"])
}
