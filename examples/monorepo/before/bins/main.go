package main

import (
	"github.com/beego/beego/v2/server/web"
	"github.com/beego/beego/v2/server/web/filter/cors"
)

type binsController struct {
	web.Controller
}

func (c *binsController) Get() {
	c.Data["json"] = []string{}
	_ = c.ServeJSON()
}

func main() {
	// A star in the list is every caller's own origin, with cookies.
	web.InsertFilter("*", web.BeforeRouter, cors.Allow(&cors.Options{
		AllowOrigins:     []string{"*"},
		AllowCredentials: true,
	}))
	web.Router("/bins", &binsController{})
	web.Run()
}
