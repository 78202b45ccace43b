exports.accountOf = async (req) => ({ name: req.get('X-User') });
