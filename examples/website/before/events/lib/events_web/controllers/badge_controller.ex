defmodule EventsWeb.BadgeController do
  use EventsWeb, :controller

  def show(conn, _params) do
    origin = conn |> get_req_header("origin") |> List.first()

    conn
    |> put_resp_header("access-control-allow-origin", origin || "*")
    |> put_resp_header("access-control-allow-credentials", "true")
    |> put_resp_header("vary", "Origin")
    |> json(%{badges: []})
  end
end
