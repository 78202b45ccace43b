use salvo::cors::Cors;
use salvo::http::Method;

pub fn cors() -> Cors {
    Cors::new().allow_origin("*").allow_methods(vec![Method::GET, Method::PUT])
}
