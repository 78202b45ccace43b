use salvo::cors::Cors;

pub fn cors() -> Cors {
    Cors::very_permissive()
}
