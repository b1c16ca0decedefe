"""Formats in which models leak their thinking, their templates' tokens and their calls.

In a text `{call}`, `{name}`, `{json}` and `{query}` mean the door's own call, its tool's name, its arguments and
the first argument's name and value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from tests.providers.imitation import TEXT, Ask, Reply, chunk, pieces_of, stream

#: What nobody may read of the formats below.
SECRET = "SECRET-THOUGHT"

THINKING: dict[str, str] = {
    "think tags": "<think>SECRET-THOUGHT</think>We open at nine.",
    "think without its opening tag": "SECRET-THOUGHT the user wants the hours.\n</think>\n\nWe open at nine.",
    "think with blanks inside": "< think >SECRET-THOUGHT</ think >We open at nine.",
    "think in capitals": "<THINK>SECRET-THOUGHT</THINK>We open at nine.",
    "thinking tags": "<thinking>SECRET-THOUGHT</thinking>\nWe open at nine.",
    "thought tags": "<thought>SECRET-THOUGHT</thought>We open at nine.",
    "reasoning tags": "<reasoning>SECRET-THOUGHT</reasoning>We open at nine.",
    "reflection tags": "<reflection>SECRET-THOUGHT</reflection><output>We open at nine.</output>",
    "scratchpad tags": "<scratchpad>SECRET-THOUGHT</scratchpad>We open at nine.",
    "inner monologue tags": "<inner_monologue>SECRET-THOUGHT</inner_monologue>We open at nine.",
    "analysis tags": "<analysis>SECRET-THOUGHT</analysis><reply>We open at nine.</reply>",
    "tags of another name": "<planning_notes>SECRET-THOUGHT</planning_notes>We open at nine.",
    "tags with attributes": '<thinking time="3s">SECRET-THOUGHT</thinking>We open at nine.',
    "nested tags": "<think>SECRET-THOUGHT <think>more SECRET-THOUGHT</think> and more</think>We open at nine.",
    "two thoughts": "<think>SECRET-THOUGHT</think>We open at <think>SECRET-THOUGHT</think>nine.",
    "a closing tag without its slash": "<think>SECRET-THOUGHT<think>We open at nine.",
    "tags that do not match": "<think>SECRET-THOUGHT</thinking>We open at nine.",
    "an answer tag after thinking": "<think>SECRET-THOUGHT</think><answer>We open at nine.</answer>",
    "Magistral": "[THINK]SECRET-THOUGHT[/THINK]We open at nine.",
    "Kimi-VL": "◁think▷SECRET-THOUGHT◁/think▷We open at nine.",
    "Seed-OSS": "<seed:think>SECRET-THOUGHT</seed:think>We open at nine.",
    "Cohere": "<|START_THINKING|>SECRET-THOUGHT<|END_THINKING|><|START_RESPONSE|>We open at nine.<|END_RESPONSE|>",
    "Gemma's unused tokens": "<unused94>thought\nSECRET-THOUGHT<unused95>We open at nine.",
    "OpenThinker": "<|begin_of_thought|>SECRET-THOUGHT<|end_of_thought|><|begin_of_solution|>We open at nine.<|end_of_solution|>",
    "Granite": "Here is my thought process: SECRET-THOUGHT. Here is my response: We open at nine.",
    "harmony": "<|channel|>analysis<|message|>SECRET-THOUGHT<|end|><|start|>assistant<|channel|>final<|message|>We open at nine.<|return|>",
    "harmony without its first token": "analysis<|message|>SECRET-THOUGHT<|end|><|start|>assistant<|channel|>final<|message|>We open at nine.",
    "harmony with its tokens dropped": "analysisThe user wants SECRET-THOUGHT.assistantfinalWe open at nine.",
    "harmony with commentary": "<|channel|>commentary<|message|>SECRET-THOUGHT<|end|><|start|>assistant<|channel|>final<|message|>We open at nine.",
    "Thinking Process": "Thinking Process:\n1. SECRET-THOUGHT\n2. Hours.\n\nFinal Answer: We open at nine.",
    "headings in bold": "**Thinking:** SECRET-THOUGHT\n\n**Response:** We open at nine.",
    "ReAct": "Thought: SECRET-THOUGHT\nFinal Answer: We open at nine.",
    "a fence of thinking": "```thinking\nSECRET-THOUGHT\n```\nWe open at nine.",
    "a quote of thinking": "> SECRET-THOUGHT\n> more\n\nWe open at nine.",
    "details": "<details><summary>Reasoning</summary>SECRET-THOUGHT</details>We open at nine.",
    "thinking in brackets": "(Thinking: SECRET-THOUGHT) We open at nine.",
    "thinking in HTML entities": "&lt;think&gt;SECRET-THOUGHT&lt;/think&gt;We open at nine.",
    "thinking in escapes": "\\u003cthink\\u003eSECRET-THOUGHT\\u003c/think\\u003eWe open at nine.",
    "full-width tags": "＜think＞SECRET-THOUGHT＜/think＞We open at nine.",
    "zero-width characters": "<th\u200bink>SECRET-THOUGHT</think>We open at nine.",
    "an HTML comment": "<!-- SECRET-THOUGHT -->We open at nine.",
    "thinking in JSON": '{"thought": "SECRET-THOUGHT", "reply": "We open at nine."}',
}

WRAPPED: dict[str, str] = {
    "im_end": "We open at nine.<|im_end|>",
    "half of im_end": "We open at nine.<|im_end",
    "im_start": "<|im_start|>assistant\nWe open at nine.<|im_end|>",
    "endoftext": "We open at nine.<|endoftext|>",
    "eot_id": "We open at nine.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nSECRET-THOUGHT",
    "a header": "<|start_header_id|>assistant<|end_header_id|>\n\nWe open at nine.",
    "DeepSeek's full-width token": "We open at nine.<｜end▁of▁sentence｜>",
    "Phi's roles": "<|assistant|>We open at nine.<|end|><|user|>SECRET-THOUGHT",
    "Gemma's turn": "<start_of_turn>model\nWe open at nine.<end_of_turn>",
    "Mistral's instruction": "[INST] SECRET-THOUGHT [/INST] We open at nine.</s>",
    "Llama 2's end": "<s>We open at nine.</s>",
    "byte tokens": "We open at nine.<0x0A>",
    "GPT-2's spaces": "WeĠopenĠatĠnine.",
    "SentencePiece's spaces": "We▁open▁at▁nine.",
    "GLM's box": "<|begin_of_box|>We open at nine.<|end_of_box|>",
    "the prompt again": "<|im_start|>system\nSECRET-THOUGHT<|im_end|>\n<|im_start|>assistant\nWe open at nine.",
    "another turn": "We open at nine.\n\nHuman: SECRET-THOUGHT\nAssistant: Bye.",
    "another turn in line": "We open at nine. Human: SECRET-THOUGHT",
    "a role": "Assistant: We open at nine.",
    "a role in bold": "**Assistant:** We open at nine.",
    "a heading": "### Response:\nWe open at nine.",
    "a whole dialog": "User: SECRET-THOUGHT?\nAssistant: We open at nine.",
    "a label": "Final Answer: We open at nine.",
    "JSON": '{"reply": "We open at nine."}',
    "JSON in a fence": '```json\n{"response": "We open at nine."}\n```',
    "JSON cut off": '{"answer": "We open at nine.',
    "a Python dict": "{'text': 'We open at nine.'}",
    "a message": '{"role": "assistant", "content": "We open at nine."}',
    "parts": '[{"type": "text", "text": "We open at nine."}]',
    "a whole completion": '{"choices": [{"message": {"role": "assistant", "content": "We open at nine."}}]}',
    "LangChain's final action": '{"action": "Final Answer", "action_input": "We open at nine."}',
    "JSON behind": 'We open at nine. {"confidence": 0.9, "intent": "SECRET-THOUGHT"}',
    "quotation marks": '"We open at nine."',
    "a fence": "```\nWe open at nine.\n```",
    "a tag": "<sms>We open at nine.</sms>",
    "HTML": "<p>We open at <b>nine</b>.</p>",
    "a note to the developer": "We open at nine.\n\nNote to developer: SECRET-THOUGHT.",
    "an internal note": "We open at nine. [Internal note: SECRET-THOUGHT]",
    "a citation": "We open at nine.【4:0†source】",
    "a stray closing tag": "We open at nine.</tool_call>",
}

CALLS: dict[str, str] = {
    "Hermes": '<tool_call>\n{"name": "{name}", "arguments": {json}}\n</tool_call>',
    "Hermes without its end": '<tool_call>\n{"name": "{name}", "arguments": {json}}',
    "Hermes with args": '<tool_call>{"name": "{name}", "args": {json}}</tool_call>',
    "Hermes after words": 'Let me check. <tool_call>{"name": "{name}", "arguments": {json}}</tool_call>',
    "bare JSON": '{"name": "{name}", "arguments": {json}}',
    "Llama's JSON": '{"name": "{name}", "parameters": {json}}',
    "Llama's python tag": '<|python_tag|>{"name": "{name}", "parameters": {json}}<|eom_id|>',
    "Llama's function tag": "<function={name}>{json}</function>",
    "Groq's function tag": "<function({name}){json}</function>",
    "Llama 4's Python": "[{name}({python})]",
    "a Python call": "{name}({python})",
    "Gemma's tool code": "```tool_code\nprint(default_api.{name}({python}))\n```",
    "LFM2": "<|tool_call_start|>[{name}({python})]<|tool_call_end|>",
    "JSON in a fence": '```json\n{"name": "{name}", "arguments": {json}}\n```',
    "a fence named tool_call": '```tool_call\n{"name": "{name}", "arguments": {json}}\n```',
    "a list in a fence": '```json\n[{"name": "{name}", "arguments": {json}}]\n```',
    "Mistral's list": '[TOOL_CALLS][{"name": "{name}", "arguments": {json}}]',
    "Mistral's newer form": "[TOOL_CALLS]{name}[ARGS]{json}",
    "Mistral with an id": "[TOOL_CALLS]{name}[CALL_ID]abc123def[ARGS]{json}",
    "DeepSeek V3": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>{name}\n```json\n{json}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "DeepSeek V3.1": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>{name}<｜tool▁sep｜>{json}<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "DeepSeek's DSML": '<｜DSML｜function_calls><｜DSML｜invoke name="{name}"><｜DSML｜parameter name="{key}" string="true">{value}</｜DSML｜parameter></｜DSML｜invoke></｜DSML｜function_calls>',
    "Kimi": "<|tool_calls_section_begin|><|tool_call_begin|>functions.{name}:0<|tool_call_argument_begin|>{json}<|tool_call_end|><|tool_calls_section_end|>",
    "GLM": "<tool_call>{name}\n<arg_key>{key}</arg_key>\n<arg_value>{value}</arg_value>\n</tool_call>",
    "Qwen-Coder": "<tool_call>\n<function={name}>\n<parameter={key}>\n{value}\n</parameter>\n</function>\n</tool_call>",
    "Granite": '<|tool_call|>[{"name": "{name}", "arguments": {json}}]',
    "Granite's tags": '<tool_call>[{"name": "{name}", "arguments": {json}}]</tool_call>',
    "Phi": '<|tool_call|>[{"name": "{name}", "arguments": {json}}]<|/tool_call|>',
    "Functools": 'functools[{"name": "{name}", "arguments": {json}}]',
    "Functionary": ">>>{name}\n{json}",
    "InternLM": '<|action_start|><|plugin|>\n{"name": "{name}", "parameters": {json}}<|action_end|>',
    "Cohere": '<|START_ACTION|>[{"tool_call_id": "0", "tool_name": "{name}", "parameters": {json}}]<|END_ACTION|>',
    "Nemotron": '<TOOLCALL>[{"name": "{name}", "arguments": {json}}]</TOOLCALL>',
    "Jamba": '<tool_calls>[{"name": "{name}", "arguments": {json}}]</tool_calls>',
    "Apertus": '<|tools_prefix|>[{"{name}": {json}}]<|tools_suffix|>',
    "Seed-OSS": "<seed:tool_call><function={name}><parameter={key}>{value}</parameter></function></seed:tool_call>",
    "MiniMax": '<minimax:tool_call><invoke name="{name}"><parameter name="{key}">{value}</parameter></invoke></minimax:tool_call>',
    "Anthropic": '<function_calls><invoke name="{name}"><parameter name="{key}">{value}</parameter></invoke></function_calls>',
    "Anthropic's older form": "<function_calls><invoke><tool_name>{name}</tool_name><parameters><{key}>{value}</{key}></parameters></invoke></function_calls>",
    "xAI": '<xai:function_call name="{name}"><parameter name="{key}">{value}</parameter></xai:function_call>',
    "tags named as the tool": "<{name}><{key}>{value}</{key}></{name}>",
    "FunctionGemma": "<start_function_call>call:{name}{{key}:<escape>{value}<escape>}<end_function_call>",
    "Gemma 4": "<|tool_call>call:{name}{json}<tool_call|>",
    "harmony": "<|channel|>commentary to=functions.{name} <|constrain|>json<|message|>{json}<|call|>",
    "harmony after thinking": "<|channel|>analysis<|message|>SECRET-THOUGHT<|end|><|start|>assistant<|channel|>commentary to=functions.{name} <|constrain|>json<|message|>{json}<|call|>",
    "harmony with the recipient first": "<|start|>assistant to=functions.{name}<|channel|>commentary json<|message|>{json}<|call|>",
    "harmony with its tokens dropped": "analysisSECRET-THOUGHT.assistantcommentary to=functions.{name} json{json}",
    "ReAct": "Thought: SECRET-THOUGHT\nAction: {name}\nAction Input: {json}",
    "LangChain's action": '```json\n{"action": "{name}", "action_input": {json}}\n```',
    "OpenAI's own call": '{"tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "{name}", "arguments": {string}}}]}',
    "parallel uses": '{"tool_uses": [{"recipient_name": "functions.{name}", "parameters": {json}}]}',
    "a legacy call": '{"function_call": {"name": "{name}", "arguments": {string}}}',
    "a tool key": '{"tool": "{name}", "tool_input": {json}}',
    "the tool as the key": '{"{name}": {json}}',
    "arguments beside the name": '{"name": "{name}", "{key}": "{value}"}',
    "Glaive": '<functioncall> {"name": "{name}", "arguments": \'{json}\'}',
    "a call after thinking": '<think>SECRET-THOUGHT</think>\n<tool_call>\n{"name": "{name}", "arguments": {json}}\n</tool_call>',
    "a call inside open thinking": '<think>SECRET-THOUGHT\n<tool_call>\n{"name": "{name}", "arguments": {json}}\n</tool_call>',
    "a call with a Python dict": "<tool_call>{'name': '{name}', 'arguments': {repr}}</tool_call>",
}

#: Nothing of these can be used: the model is told so, and the next answer is a plain one.
HOPELESS: dict[str, str] = {
    "nothing but thinking": "<think>SECRET-THOUGHT",
    "thinking aloud": "Okay, the user wants to know when we open. I should check the tool. SECRET-THOUGHT. Let me respond briefly.",
    "a broken call": "<tool_call>\nSECRET-THOUGHT {{{",
    "only analysis": "<|channel|>analysis<|message|>SECRET-THOUGHT",
    "a tool's result": "<tool_response>SECRET-THOUGHT</tool_response>",
    "an empty object": "{}",
}


def filled(text: str, ask: Ask) -> str:
    """A text with the door's call in place of the braces' names."""
    name, arguments = ask.call
    key, value = next(iter(arguments.items()))
    written = json.dumps(arguments)
    values = {
        "name": name,
        "json": written,
        "string": json.dumps(written),
        "repr": repr(arguments),
        "python": ", ".join(f"{key}={json.dumps(value)}" for key, value in arguments.items()),
        "key": key,
        "value": value,
    }
    return re.sub(r"\{(name|json|string|repr|python|key|value)\}", lambda found: values[found[1]], text)


def awkward(text: str, size: int) -> Iterable[str]:
    """Pieces that end inside every marker."""
    return pieces_of(text, size)


def leaks(ask: Ask, text: str, size: int) -> Reply:
    """The text as it is, in small pieces where a stream was asked for."""
    if not ask.streams:
        return ask.says(text)
    return stream([*(chunk({"content": piece}) for piece in awkward(text, size)), chunk({}, "stop")])


__all__ = ["CALLS", "HOPELESS", "SECRET", "TEXT", "THINKING", "WRAPPED", "filled", "leaks"]
