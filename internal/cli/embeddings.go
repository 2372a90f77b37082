package cli

import (
	"fmt"

	"lectern/internal/meaning"
)

func (s *settings) embeddingsURL() setting {
	return setting{flag: "embeddings-url", value: "URL", env: "LECTERN_EMBEDDINGS_URL",
		help: "service with OpenAI's embeddings API, as http://localhost:11434/v1/embeddings, with\n" +
			"which searches also find what means alike. Titles and texts of articles and what is\n" +
			"searched for are sent there, with the key in LECTERN_EMBEDDINGS_KEY. Off by default",
		set: func(v string) error { s.EmbeddingsURL = v; return checkEmbeddings(v) }}
}

func (s *settings) embeddingsModel() setting {
	return setting{flag: "embeddings-model", value: "MODEL", env: "LECTERN_EMBEDDINGS_MODEL",
		help: "model that the service is asked for; if it changes, new vectors are made of all texts",
		set:  func(v string) error { s.EmbeddingsModel = v; return nil }}
}

// checkEmbeddings refuses what is no address. It repeats nothing of it.
func checkEmbeddings(v string) error {
	if v == "" {
		return nil
	}
	_, err := meaning.NewClient(v, "", "")
	return err
}

// embedder is the service that the settings name, or nil if they name none.
func (p *process) embedder(s *settings) (meaning.Embedder, error) {
	if s.EmbeddingsURL == "" && s.EmbeddingsModel == "" {
		return nil, nil
	}
	if s.EmbeddingsURL == "" || s.EmbeddingsModel == "" {
		return nil, usagef("--embeddings-url and --embeddings-model are given together or not at all")
	}
	client, err := meaning.NewClient(s.EmbeddingsURL, s.EmbeddingsModel, p.getenv("LECTERN_EMBEDDINGS_KEY"))
	if err != nil {
		return nil, fmt.Errorf("--embeddings-url %w", err)
	}
	return client, nil
}
