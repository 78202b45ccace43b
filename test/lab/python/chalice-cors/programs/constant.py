from chalice import Chalice, CORSConfig

SHOP = "https://app.example.com"

app = Chalice(app_name="shop")
cors_config = CORSConfig(allow_origin=SHOP)


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"], cors=cors_config)
def index():
    return "ok"
