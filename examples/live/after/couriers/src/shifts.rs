use salvo::cors::Cors;
use salvo::http::Method;
use salvo::prelude::*;

#[handler]
async fn shifts() -> &'static str {
    "[]"
}

#[tokio::main]
async fn main() {
    let cors = Cors::new()
        .allow_origin(["https://shop.example"])
        .allow_methods([Method::GET, Method::PUT])
        .allow_credentials(true)
        .into_handler();
    let router = Router::with_path("shifts").get(shifts);
    let acceptor = TcpListener::new("127.0.0.1:3032").bind().await;
    Server::new(acceptor).serve(Service::new(router).hoop(cors)).await;
}
