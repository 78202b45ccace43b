{
  "id": "shop-parcels-4f2a",
  "lang": "typescript",
  "global_cors": {
    // The shop's pages come with the customer's session.
    "allow_origins_with_credentials": ["https://shop.example"],
  },
}
