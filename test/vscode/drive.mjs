export async function drive() { return []; }
