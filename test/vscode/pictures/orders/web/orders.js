exports.ordersOf = async (req) => req.app.locals.orders.get(req.headers.cookie);
