use poem::{get, handler, listener::TcpListener, middleware::Cors, EndpointExt, Route, Server};

#[handler]
fn routes() -> &'static str {
    "[]"
}

#[tokio::main]
async fn main() -> Result<(), std::io::Error> {
    // A dot is missing: the star takes the beginning of other names too.
    let cors = Cors::new().allow_origin_regex("https://*shop.example").allow_credentials(true);
    let app = Route::new().at("/routes", get(routes)).with(cors);
    Server::new(TcpListener::bind("127.0.0.1:3031")).run(app).await
}
