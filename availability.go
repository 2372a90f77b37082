package lectern

// Availability says which of the AI products around a help center may use a
// piece of content. Lectern keeps and hands it out; whoever runs such a product
// applies it.
type Availability struct {
	Chatbot    bool // answers readers
	Copilot    bool // helps teammates
	SalesAgent bool // advises buyers
}

// An AvailabilityEdit changes an Availability. What is nil stays as it is.
type AvailabilityEdit struct {
	Chatbot    *bool
	Copilot    *bool
	SalesAgent *bool
}

// Apply changes a as e asks.
func (a *Availability) Apply(e AvailabilityEdit) {
	for _, f := range []struct{ flag, value *bool }{
		{&a.Chatbot, e.Chatbot}, {&a.Copilot, e.Copilot}, {&a.SalesAgent, e.SalesAgent},
	} {
		if f.value != nil {
			*f.flag = *f.value
		}
	}
}
