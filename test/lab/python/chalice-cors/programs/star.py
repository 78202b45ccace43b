from chalice import Chalice, CORSConfig

app = Chalice(app_name="shop")
cors_config = CORSConfig(allow_origin="*")


@app.route("/", methods=["GET", "HEAD", "POST", "PUT", "DELETE"], cors=cors_config)
def index():
    return "ok"
