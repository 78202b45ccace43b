from chalice import Chalice, CORSConfig

app = Chalice(app_name="shop")
cors_config = CORSConfig(allow_origin="https://app.example.com", expose_headers=["X-Total", "X-Pages"])


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"], cors=cors_config)
def index():
    return "ok"
